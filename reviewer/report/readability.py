"""How hard a draft is to read, in years of school: shown only when asked for, because textstat takes half a second.

Only measures that count letters, words and sentences: those that count syllables need data from a network.
"""

from reviewer.message import Message

__all__ = ["readability"]

_LEAST = 30  # words under which the formulas say nothing


def readability(message: Message) -> str:
    """A line such as `Reads at about school year 8 (Coleman-Liau 8.4, ARI 7.2).`"""
    if message.words < _LEAST:
        return "Too short to say how hard it is to read."
    import textstat

    own = " ".join(sentence.span.of(message.text) for sentence in message.sentences)
    coleman, ari = textstat.coleman_liau_index(own), textstat.automated_readability_index(own)
    year = max(1, round((coleman + ari) / 2))
    return f"Reads at about school year {year} (Coleman-Liau {coleman:.1f}, ARI {ari:.1f})."
