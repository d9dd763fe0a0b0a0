"""The demonstration: three invented consultations, their questionnaires, and people who never were to answer them. Pure."""
