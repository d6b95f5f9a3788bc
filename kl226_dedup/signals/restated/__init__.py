"""One module per signal of restatement: RestatedPair -> a number in [0, 1], or None for nothing to measure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from kl226_dedup.domain.match import Signal
from kl226_dedup.domain.restatement import RestatedPair
from kl226_dedup.signals.restated.ahead import ahead
from kl226_dedup.signals.restated.brevity import brevity
from kl226_dedup.signals.restated.citations import citations
from kl226_dedup.signals.restated.content import content
from kl226_dedup.signals.restated.entities import entities
from kl226_dedup.signals.restated.fit import fit
from kl226_dedup.signals.restated.following import following
from kl226_dedup.signals.restated.lead import lead
from kl226_dedup.signals.restated.limits import limits
from kl226_dedup.signals.restated.margin import margin
from kl226_dedup.signals.restated.meaning import meaning
from kl226_dedup.signals.restated.modality import modality
from kl226_dedup.signals.restated.mutuality import mutuality
from kl226_dedup.signals.restated.negation import negation
from kl226_dedup.signals.restated.order import order
from kl226_dedup.signals.restated.phrasing import phrasing
from kl226_dedup.signals.restated.polarity import polarity
from kl226_dedup.signals.restated.quantities import quantities
from kl226_dedup.signals.restated.rare_shared import rare_shared
from kl226_dedup.signals.restated.rarest import rarest
from kl226_dedup.signals.restated.said import said
from kl226_dedup.signals.restated.stretch_lead import stretch_lead
from kl226_dedup.signals.restated.substance import substance
from kl226_dedup.signals.restated.support import support
from kl226_dedup.signals.restated.vocabulary import vocabulary
from kl226_dedup.signals.restated.wording import wording

RESTATED_SIGNALS: Mapping[str, Callable[[RestatedPair], float | None]] = {
    "meaning": meaning,
    "said": said,
    "vocabulary": vocabulary,
    "margin": margin,
    "mutuality": mutuality,
    "fit": fit,
    "support": support,
    "order": order,
    "following": following,
    "lead": lead,
    "stretch_lead": stretch_lead,
    "ahead": ahead,
    "quantities": quantities,
    "negation": negation,
    "modality": modality,
    "polarity": polarity,
    "limits": limits,
    "citations": citations,
    "entities": entities,
    "content": content,
    "rare_shared": rare_shared,
    "rarest": rarest,
    "brevity": brevity,
    "substance": substance,
    "wording": wording,
    "phrasing": phrasing,
}


def measure_restated(pair: RestatedPair, names: Collection[str] = RESTATED_SIGNALS) -> tuple[Signal, ...]:
    """Measure the signals of a pair that are asked for, in the order of the registry."""
    return tuple(
        Signal(name=name, value=signal(pair)) for name, signal in RESTATED_SIGNALS.items() if name in names
    )
