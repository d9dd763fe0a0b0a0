"""What people write in the equality impact assessment of a consultation: kept here, with the service, for it is their work and no
respondent's answer.
"""
