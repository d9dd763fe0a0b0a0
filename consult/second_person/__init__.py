"""What is already public and is changed on the word of two people: when a consultation closes, and a document to read.

Changes of published questions are in `change_approval.py`, the first publishing in `approval.py`. See docs/decisions/0040.
"""
