"""Names of people: the same person under a nickname, without an accent, with a title, in another order.

The short forms are our own small list of those met in letters; a name that is not in it and does not
look like a slip of the pen is never called wrong on that ground alone.
"""

import re
from functools import lru_cache

from reviewer.patterns import pattern

__all__ = ["TITLES", "alike", "fold", "parts", "same_person"]

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam ma'am mam madame dame rev chef chief captain capt coach principal judge "
    "herr frau senor senora monsieur hon lord lady sr jr phd md rn esq nurse officer sister father pastor san ma reverend".split()
)

_SHORT_FORMS = (
    "robert rob bob bobby robbie bert",
    "william will bill billy willie liam",
    "richard rick rich dick ricky richie",
    "elizabeth liz beth betsy betty eliza lizzie libby lisa bess elsie",
    "margaret maggie meg peg peggy marge margie greta rita",
    "katherine catherine kathryn kate kathy cathy katie kat kit kitty cat",
    "james jim jimmy jamie",
    "john jack johnny jon",
    "michael mike mick mickey micky",
    "thomas tom tommy",
    "joseph joe joey",
    "edward ed eddie ted ned teddy",
    "charles charlie chuck chas chaz",
    "christopher chris kit topher",
    "christine christina chris chrissy tina",
    "daniel dan danny",
    "david dave davey",
    "anthony antony tony ant",
    "andrew andy drew",
    "alexander alex al xander sandy lex sasha",
    "alexandra alex sandra sasha lexi",
    "benjamin ben benny benji",
    "matthew matt matty",
    "nicholas nick nicky nico",
    "nicole nicky nic nikki",
    "patrick pat paddy",
    "patricia pat patty tricia trish patsy",
    "peter pete",
    "philip phillip phil",
    "samuel sam sammy",
    "samantha sam sammy",
    "stephen steven steve ste",
    "timothy tim timmy",
    "susan sue susie suzy",
    "deborah debra deb debbie",
    "rebecca becky becca bex",
    "jennifer jen jenny jenn",
    "jessica jess jessie",
    "barbara barb babs barbie",
    "victoria vicky vicki tori vic",
    "gregory greg",
    "kenneth ken kenny",
    "lawrence laurence larry laurie",
    "leonard len lenny leo",
    "ronald ron ronnie",
    "donald don donny",
    "raymond ray",
    "frederick fred freddie",
    "francis frank fran",
    "frances fran frankie",
    "theodore theo ted teddy",
    "nathaniel nathan nate nat",
    "nathan nate",
    "jonathan jon jonny",
    "joshua josh",
    "jacob jake",
    "zachary zach zack",
    "gabriel gabe",
    "gerald gerry jerry",
    "geoffrey jeffrey geoff jeff",
    "vincent vince vinny",
    "walter walt wally",
    "abigail abby gail",
    "amanda mandy",
    "pamela pam",
    "kimberly kim",
    "cynthia cindy",
    "sandra sandy",
    "dorothy dot dottie dolly",
    "helen nell nellie",
    "eleanor ellie nell nora elle",
    "isabella isabel isobel bella izzy",
    "josephine jo josie",
    "joanna joanne jo",
    "judith judy",
    "louise lou",
    "lucinda lucy cindy",
    "martha marty",
    "natalie nat",
    "oliver ollie olly",
    "olivia liv livvy",
    "rosemary rosie rose",
    "stephanie steph",
    "theresa teresa terry tess tessa",
    "valerie val",
    "virginia ginny",
    "yvonne vonnie",
    "francisco paco pancho",
    "jose pepe",
    "guadalupe lupe",
    "ignacio nacho",
    "roberto beto",
    "alberto beto",
    "eduardo lalo",
    "jesus chuy",
    "manuel manny manolo",
    "mohammed muhammad mohamed mo",
    "siobhan shiv",
    "aleksandr sasha alex",
    "ekaterina katya",
    "dmitri dima mitya",
    "maria masha",
    "ivan vanya",
    "henry harry hank hal",
    "harold harry hal",
    "arthur art artie",
    "albert al bert bertie",
    "alfred alf fred alfie",
    "bernard bernie",
    "bernadette bernie",
    "douglas doug",
    "eugene gene",
    "leslie les",
    "martin marty",
    "mitchell mitch",
    "randall randy",
    "russell russ",
    "stanley stan",
    "terence terry",
    "wesley wes",
    "priyanka priya",
    "krishnan krish",
    "venkatesan venkat",
    "subramaniam subbu mani",
    "lakshmi laxmi",
    "oluwaseun seun",
    "chukwuemeka emeka",
    "cassandra cass cassie",
    "dominic dom",
    "genevieve gen viv",
    "jacqueline jackie",
    "marjorie marge",
    "maximilian max",
    "maxwell max",
    "melanie mel",
    "melissa mel lissa",
    "penelope penny",
    "philippa pippa",
    "sebastian seb bas",
    "winifred win winnie",
    "constance connie",
    "florence flo flossie",
)
_GROUPS: dict[str, set[int]] = {}
for _number, _line in enumerate(_SHORT_FORMS):
    for _name in _line.split():
        _GROUPS.setdefault(_name, set()).add(_number)


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Lower case without accents: `Gráinne` → `grainne`, `Ø` → `o`."""
    if name.isascii():
        return name.lower()
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS).lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ß": "ss",
        "ı": "i",
        "İ": "i",
    }
)


def parts(name: str) -> list[str]:
    """The parts of a full name, folded, titles left out."""
    words = [w.strip(".'’\"“”()") for w in fold(name).replace(",", " ").split()]
    return [w for w in words if w and w not in TITLES]


# Respect at the end of a first name, in Japan and in India.
_HONORIFIC = pattern(r"(?<=\w\w\w)(?:-(?:san|sama|sensei|ji)|-?(?:bhai|ben|saheb|sahib))$")


def same_person(written: str, name: str) -> bool:
    """Whether one written name may stand for the person: a part, a nickname, an initial, a compound."""
    word = fold(written).strip(".'’")
    word = _HONORIFIC.sub("", word)
    known = parts(name)
    pieces = [piece for part in known for piece in (part, *re.split(r"[-'’]", part))]
    if not name.isascii():
        pieces += [_spelt_out(part) for part in re.split(r"[\s-]+", name)]
    if word in pieces or word in "".join(known):
        return True
    if set(re.split(r"[-'’]", word)) <= set(pieces):
        return True
    groups = _GROUPS.get(word, set())
    if any(groups & _GROUPS.get(piece, set()) for piece in pieces):
        return True
    if len(word) <= 2 and any(piece.startswith(word) for piece in pieces):
        return True
    if any(len(piece) == 1 and word.startswith(piece) for piece in pieces):
        return True
    return len(word) >= 3 and any(piece.startswith(word) and len(piece) > len(word) + 1 for piece in pieces)


def _spelt_out(name: str) -> str:
    """German umlauts as they are written without them: `Jörg` → `joerg`."""
    return fold(name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))


@lru_cache(maxsize=10_000)
def alike(one: str, other: str) -> float:
    """How alike two names are written, 0 to 1, accents and case aside."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, fold(one), fold(other)).ratio()
