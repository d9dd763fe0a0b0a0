"""The organisations that answer, all invented. Pure."""

from consult.demonstration.choosing import words_of

ORGANISATION_NAME = words_of(
    "Northbridge Carers Group", "Northbridge Pensioners’ Forum", "High Furrow Residents’ Association",
    "Northbridge Deaf Club", "Bargewater Community Centre", "Northbridge Bus Users", "Friends of Marlpit Green",
    "Northbridge Veterans’ Breakfast Club", "Plover Bridge Parish Council", "Northbridge Foodbank Network",
    "Canalside Mosque and Community Centre", "Northbridge Disability Forum", "Alderbeck Surgery Patient Group",
    "Colliers Row Patient Group", "Northbridge Sight Loss Society", "Northbridge Youth Voice", "Wharf Road Traders",
    "St Osyth’s Church, Northbridge", "Northbridge Dementia Friends", "Northbridge Local Pharmacy Group",
)  # fmt: skip
ORGANISATION_ROLE = words_of(
    "Chair",
    "Secretary",
    "Treasurer",
    "Manager",
    "Volunteer",
    "Trustee",
    "Clerk",
    "Coordinator",
    "Health lead",
    "Member",
)
