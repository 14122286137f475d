/** How to read bits of optimization on a keyed bandit: the rate, the two decompositions, and swapped feedback. */
import type { EpisodicOutcome } from "@mesascope/lab/studies";
import { fixed } from "../../figures/index.ts";
import { type Html, html } from "../html.ts";
import { display, math } from "../math.ts";
import { banditFacts } from "./bandit-facts.ts";

/** The whole explanation; the numbers are those of the studies in the report. */
export function bitsReading(outcomes: readonly EpisodicOutcome[]): Html {
  return html`${rate(outcomes)}${decompositions()}${swapped()}`;
}

function rate(outcomes: readonly EpisodicOutcome[]): Html {
  return html`<h3>Rate bits</h3>
    <p>The paper counts optimization power as the number of times that a space of possibilities is halved. Here the
    possibilities are what a player who chooses uniformly at random would have scored. For a policy whose mean total
    reward is ${math("J")}, with ${math("S")} the total reward of the random player,</p>
    ${display(String.raw`I(J) = \sup_{\lambda} \bigl[\, \lambda J - \log_2 \mathbb{E}\, 2^{\lambda S} \,\bigr]`)}
    <p>In words: over many instances the random player would average ${math("J")} or better with a probability that is
    halved about ${math("I(J)")} times for each instance. It is zero at chance and negative below it. In a bandit of ${math("T")}
    steps in which a random choice pays with probability ${math("c")} it is</p>
    ${display(String.raw`I(J) = T \left[ \tfrac{J}{T} \log_2 \tfrac{J}{cT} + \left(1 - \tfrac{J}{T}\right) \log_2 \tfrac{1 - J/T}{1 - c} \right].`)}
    ${scales(outcomes)}
    <p>The mean score is taken first and then turned into bits. The other order, averaging over episodes how improbable
    each score is, pays for luck: with six arms, eight steps and no noise the random player itself would earn 0.96 bits, and
    a player who sticks to one arm blindly 3.45. That older <em>tail</em> form is given in the tables, for comparison.</p>`;
}

function scales(outcomes: readonly EpisodicOutcome[]): Html {
  return html`<div class="scroll" role="region" aria-label="Reward and bits of the reference policies" tabindex="0"><table>
    <caption><span>The same three policies in reward and in bits.</span></caption>
    <thead><tr><th scope="col">Study</th><th scope="col" class="number">Chance</th><th scope="col" class="number">Reference solver, new instance</th>
    <th scope="col" class="number">Told the answer</th></tr></thead>
    <tbody>${outcomes.map(
      ({ study, reference }) => html`<tr><th scope="row">${study.file.title}</th>
      <td class="number">${fixed(reference.chance)} (0 bits)</td>
      <td class="number">${fixed(reference.solver.expected)} (${fixed(reference.bits.solver, 1)} bits)</td>
      <td class="number">${fixed(reference.optimum)} (${fixed(reference.bits.optimum, 1)} bits)</td></tr>`,
    )}</tbody></table></div>
    ${
      outcomes.some((outcome) => banditFacts(outcome).noiseless) &&
      html`<p>Why a search cannot reach the optimum: whoever is not told the answer
    must spend steps on finding it. That difference is the price of optimizing at run time, and what tuning can save.</p>`
    }`;
}

function decompositions(): Html {
  return html`<h3>Tuned and run-time bits, told apart twice</h3>
    <p>Bits on training instances may have been put there by the base optimizer (<em>tuned</em>) or be found anew in each
    episode (<em>run-time</em>). Two experiments tell them apart, and both are always shown.</p>
    <dl>
    <dt>By subtraction</dt><dd>The policy plays new instances. Nothing can be stored about them, so whatever it gains there
    is run-time; tuned is what training instances give beyond that.</dd>
    <dt>By ablation</dt><dd>The policy plays training instances while feedback is withheld. Nothing can be found out, so
    whatever it still gains was stored: that is tuned; run-time is what showing the feedback adds.</dd>
    </dl>
    <p>They answer different questions: subtraction asks what the policy <em>can</em> find out, ablation what it
    <em>relies</em> on. They differ most where a policy holds the answer twice. One that remembers every training instance
    and can also search has run-time bits by subtraction, for it searches on new instances; by ablation it has none, since
    on training instances feedback adds nothing to what it remembers. A policy whose memory only narrows the search down
    shows the opposite: without feedback it loses more than searching alone would have brought. Withheld feedback
    is also a situation that training never showed, in which a policy may do worse than what it has stored would allow.</p>`;
}

function swapped(): Html {
  return html`<h3>Swapped feedback</h3>
    <p>A third experiment lets the two sources contradict one another: on training instances the policy is shown the feedback that
    another instance’s answer would give, and is scored by its own. A policy that trusts its memory keeps its bits; one
    that trusts what the episode reveals follows the false answer and falls to chance or below. It shows which of the
    two wins where both are there.</p>`;
}
