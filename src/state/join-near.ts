/** Something that lies in time, and how far what belongs to it may be away. */
export interface Reaching {
  readonly from: number;
  readonly to: number;
  readonly reachFrom: number;
  readonly reachTo: number;
}

interface Cluster<Node> extends Reaching {
  readonly nodes: Node[];
}

/**
 * Puts together what is near in time: two belong together when either reaches the other, and with them all that belongs
 * to one of them. What comes out depends neither on the order nor on what was put together before: a cluster of nodes
 * may be given as one node that has the widest of their reaches.
 */
export function joinNear<Node extends Reaching>(nodes: readonly Node[]): Node[][] {
  const done: Cluster<Node>[] = [];
  for (const node of nodes.toSorted((a, b) => a.from - b.from)) {
    const { from, to, reachFrom, reachTo } = node;
    let cluster: Cluster<Node> = { from, to, reachFrom, reachTo, nodes: [node] };
    // Whatever reaches, or is reached from, further back than the cluster before does so with that one too.
    for (let before = done.at(-1); before !== undefined && areNear(before, cluster); before = done.at(-1)) {
      done.pop();
      cluster = joined(before, cluster);
    }
    done.push(cluster);
  }
  return done.map((cluster) => cluster.nodes);
}

function areNear(before: Reaching, after: Reaching): boolean {
  return before.to >= after.from || before.reachTo >= after.from || after.reachFrom <= before.to;
}

function joined<Node>(before: Cluster<Node>, after: Cluster<Node>): Cluster<Node> {
  for (const node of after.nodes) before.nodes.push(node);
  return {
    from: before.from,
    to: Math.max(before.to, after.to),
    reachFrom: Math.min(before.reachFrom, after.reachFrom),
    reachTo: Math.max(before.reachTo, after.reachTo),
    nodes: before.nodes,
  };
}
