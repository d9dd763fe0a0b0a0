"""The demonstration: three invented consultations, their questionnaires, and people who never were to answer them.

Pure but for `loading.py`, which sends the invented answers through the service's own commands.
"""
