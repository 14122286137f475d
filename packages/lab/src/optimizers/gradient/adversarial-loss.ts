/**
 * Both sides of adversarial training (Goodfellow et al. 2014, arXiv 1406.2661) on pictures of zeros and ones that answer
 * another picture, as in Mirza and Osindero 2014 (arXiv 1411.1784) and Isola et al. 2017 (arXiv 1611.07004).
 */
import {
  add,
  binaryCrossEntropyWithLogits,
  concat,
  type Graph,
  gradients,
  mul,
  recurrentConvHead,
  recurrentConvStart,
  recurrentConvTick,
  recurrentConvWeights,
  reshape,
  square,
  sum,
  type Tensor,
} from "@mesascope/graph";
import type { PictureSize } from "../../core/index.ts";

/** Names of the discriminator's parameters begin like this. */
export const discriminatorName = "discriminator";

export interface DiscriminatorSize {
  /** Channels of its state. */
  readonly width: number;
  readonly ticks: number;
}

/**
 * A recurrent convolution (Bansal et al. 2022, arXiv 2202.05826) that sees a picture and an answer to it, and says of
 * every pixel whether the whole answer is the true one, positive for true.
 * @param seen `[batch, channels + 1, height, width]`: the picture, and the answer as its last plane
 * @returns states `[batch, width, height, width]` after each tick, and judgements `[batch, 1, height, width]` by the
 *   read-out of each.
 */
export function discriminator(
  graph: Graph,
  seen: Tensor,
  { width, ticks }: DiscriminatorSize,
  uniform: () => number,
): { readonly states: readonly Tensor[]; readonly judgements: readonly Tensor[] } {
  const name = discriminatorName;
  // One graph may ask it twice: the kernels are declared once.
  const kernels = graph.parameters.get(`${name}.p`)
    ? known(graph)
    : recurrentConvWeights(graph, {
        ...{ name, inputs: seen.shape[1]!, width, outputs: 1 },
        random: uniform,
      });
  const tick = recurrentConvTick(seen, kernels);
  const states: Tensor[] = [];
  let state = recurrentConvStart(seen, kernels);
  for (let t = 0; t < ticks; t++) {
    state = tick(state);
    states.push(state);
  }
  return { states, judgements: states.map((each) => recurrentConvHead(each, kernels)) };
}

function known(graph: Graph) {
  const kernel = (part: string) => graph.parameters.get(`${discriminatorName}.${part}`)!;
  return { p: kernel("p"), r: kernel("r"), a: kernel("a"), b: kernel("b"), h: kernel("h") };
}

/** Pictures `[batch, channels * height * width]` with answers `[batch, height * width]` as their last plane. */
export function shownWith(
  pictures: Tensor,
  answers: Tensor,
  { channels, height, width }: PictureSize,
): Tensor {
  const batch = pictures.shape[0]!;
  const planes = reshape(pictures, [batch, channels, height, width]);
  return concat([planes, reshape(answers, [batch, 1, height, width])], 1);
}

/** What is said of whole answers, `[batch]`: the sum of the judgements over the pixels, by the root of their number. */
export function verdicts(judgements: Tensor): Tensor {
  const pixels = judgements.shape.reduce((a, b) => a * b, 1) / judgements.shape[0]!;
  return mul(sum(judgements, { axes: [1, 2, 3] }), 1 / Math.sqrt(pixels));
}

/** Mean of the cross-entropy in nats of verdicts `[batch]`, positive for true, to one label: 1 for true. */
function judgedAs(ofAnswers: Tensor, label: 0 | 1): Tensor {
  const { graph, shape } = ofAnswers;
  const labels = graph.constant(new Float32Array(shape[0]!).fill(label), shape);
  return binaryCrossEntropyWithLogits(ofAnswers, labels);
}

/**
 * What the discriminator minimizes: Goodfellow et al. 2014, equation 1, with its sign turned. Between densities p and q
 * its least value is 2 log 2 - 2 JSD(p, q), the paper's theorem 1.
 * @param ofTrue verdicts `[batch]` on true answers
 * @param ofDrawn on the generator's
 */
export const discriminatorLoss = (ofTrue: Tensor, ofDrawn: Tensor): Tensor =>
  add(judgedAs(ofTrue, 1), judgedAs(ofDrawn, 0));

/**
 * Half the squared length of the gradient of each answer's verdict by the answer, mean over the batch. Held small on true
 * and on drawn answers it keeps the discriminator from running away (Mescheder et al. 2018, arXiv 1801.04406, equations 9
 * and 10), also on how grey a drawn picture is.
 * @param answers what the verdicts were computed from, `[batch, height * width]`
 */
export function gradientPenalty(ofAnswers: Tensor, answers: Tensor): Tensor {
  const [slope] = gradients(sum(ofAnswers), [answers]);
  return mul(sum(square(slope!)), 1 / (2 * answers.shape[0]!));
}

/** What the generator minimizes, -log D of what it draws: the loss that does not saturate (the paper's section 3). */
export const generatorLoss = (ofDrawn: Tensor): Tensor => judgedAs(ofDrawn, 1);
