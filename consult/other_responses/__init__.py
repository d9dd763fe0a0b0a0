"""What reaches us beside answers to the questions: letters, emails, events and petitions. Kept and counted apart."""
