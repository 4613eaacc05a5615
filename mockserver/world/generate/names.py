"""Names of people who do not exist."""

from random import Random
from typing import Final


def _words(text: str) -> list[str]:
    return text.split()


_FIRST: Final = _words("""
Ada Aiko Alma Amir Anouk Arjun Astrid Bao Bea Bruno Carla Chidi Clara Dana Dario Edda Elif Emil
Farah Felix Finn Frida Gita Hana Hugo Ida Igor Ines Ivo Jana Jonas Jun Kaya Kofi Lars Leila Lin
Luca Lucia Maja Malik Marta Milan Mina Nadia Nils Noor Oskar Otto Paula Pavel Petra Rafael Rania
Remo Ruth Samir Sara Selma Sofia Stefan Sunita Tomas Uma Veda Viktor Wanja Yasmin Yusuf Zita
""")
_LAST: Final = _words("""
Abara Adler Almeida Amari Andersen Bakker Banerjee Baran Becker Bianchi Blom Castro Cohen Costa
Dalal Diallo Dubois Eklund Farkas Ferrari Fischer Fontaine Garcia Gruber Haas Hansen Hayashi Horvat
Ibarra Ivanov Jansen Kamara Kapoor Keller Kim Kowal Larsen Lehmann Lindqvist Lopez Mahler Marin
Meyer Moretti Mwangi Nagy Nakata Novak Okoro Olsen Ortiz Pereira Petrov Rahman Ricci Romano Saito
Santos Schmid Sharma Silva Sommer Svoboda Tanaka Torres Vogel Weber Wolff Yilmaz Zeman
""")


def full_name(chance: Random) -> str:
    """Return a first name and a last name."""
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def different_names(count: int, chance: Random) -> list[str]:
    """Return names of which no two are the same."""
    pairs = chance.sample(range(len(_FIRST) * len(_LAST)), count)
    return [f"{_FIRST[pair % len(_FIRST)]} {_LAST[pair // len(_FIRST)]}" for pair in pairs]


def most() -> int:
    """Return how many different names there are."""
    return len(_FIRST) * len(_LAST)
