/** Which groups of texts people made one story. */
import { createStandOf, type Decision, isOpposed, type Stand, setApart } from './decision.ts';
import { together } from './faces.ts';
import type { Group, Member } from './story.ts';

/** What links made one, before people have their say. */
export interface Bundle {
  group: Group;
  members: Member[];
  /** Where its members stand in splits; no two of them are opposed. */
  stand: Stand;
}

/** One story. */
export interface Joined {
  bundles: Bundle[];
  /** The decisions that join two of these bundles. */
  joints: { a: Bundle; b: Bundle; decision: Decision }[];
}

/** A set of bundles that grows. */
interface Cluster extends Joined {
  stand: Stand;
}

/**
 * Joins the bundles in which the articles of a merge stand, the latest merge first, but never two that a split holds apart. A pure function
 * of the two sets: a bundle is never divided by it, and two merges that share one join all that they name.
 */
export function joinByHand(bundles: readonly Bundle[], decisions: readonly Decision[]): Joined[] {
  const merges = decisions.filter(({ kind }) => kind === 'merge').sort((a, b) => b.id - a.id);
  if (merges.length === 0) return bundles.map((bundle) => ({ bundles: [bundle], joints: [] }));
  const clusterOf = new Map(
    bundles.map((bundle): [Bundle, Cluster] => [bundle, { bundles: [bundle], joints: [], stand: bundle.stand }]),
  );
  for (const decision of merges) {
    const heads: Bundle[] = [];
    for (const bundle of namedBy(decision, bundles)) {
      const own = clusterOf.get(bundle) as Cluster;
      const head = heads.find((each) => {
        const cluster = clusterOf.get(each) as Cluster;
        return cluster === own || !isOpposed(cluster.stand, own.stand);
      });
      if (head === undefined) heads.push(bundle);
      else join(clusterOf, head, bundle, decision);
    }
  }
  return [...new Set(clusterOf.values())];
}

/** The bundles that hold what a merge names: those that fewer splits set apart come first, then by centre. */
function namedBy(decision: Decision, bundles: readonly Bundle[]): Bundle[] {
  const standOf = createStandOf(
    [{ ...decision, sides: [whole(decision)] }],
    bundles.flatMap(({ members }) => members),
  );
  return bundles
    .filter(({ members }) => members.some((member) => standOf(member).size > 0))
    .sort((a, b) => setApart(a.stand) - setApart(b.stand) || (a.group.centre < b.group.centre ? -1 : 1));
}

/** All sides as one: where two printed one text, it still was in the story. */
function whole({ sides }: Decision): Decision['sides'][number] {
  return {
    articleIds: sides.flatMap(({ articleIds }) => articleIds),
    textHashes: sides.flatMap(({ textHashes }) => textHashes),
  };
}

function join(clusterOf: Map<Bundle, Cluster>, a: Bundle, b: Bundle, decision: Decision): void {
  const [into, from] = [clusterOf.get(a) as Cluster, clusterOf.get(b) as Cluster];
  if (into === from) return;
  into.bundles.push(...from.bundles);
  into.joints.push(...from.joints, { a, b, decision });
  into.stand = together([into.stand, from.stand]);
  for (const bundle of from.bundles) clusterOf.set(bundle, into);
}

/** For each other bundle of a story the decision by which it belongs to the one that holds the canonical. */
export function jointsFrom(root: Bundle, { joints }: Joined): Map<Bundle, Decision> {
  const reached = new Map<Bundle, Decision>();
  const known = new Set([root]);
  for (const bundle of known) {
    for (const { a, b, decision } of joints) {
      const next = a === bundle ? b : b === bundle ? a : null;
      if (next === null || known.has(next)) continue;
      known.add(next);
      reached.set(next, decision);
    }
  }
  return reached;
}
