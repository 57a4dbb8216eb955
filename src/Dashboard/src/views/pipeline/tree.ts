import type { ActorNode } from "../../api/types";

export interface Row {
  node: ActorNode;
  depth: number;
  path: string;
  /** 0 to 1: how full its mailbox is. */
  fill: number;
  trouble: "none" | "busy" | "bad";
}

/** The tree line by line, parents before children. */
export function rows(root: ActorNode | null): Row[] {
  const result: Row[] = [];
  const add = (node: ActorNode, depth: number, above: string): void => {
    const path = `${above}/${node.name}`;
    const fill = node.capacity > 0 ? Math.min(1, node.depth / node.capacity) : 0;
    result.push({ node, depth, path, fill, trouble: trouble(node, fill) });
    for (const child of node.children) add(child, depth + 1, path);
  };
  if (root !== null) add(root, 0, "");
  return result;
}

/** A mailbox of more than half its room, or a message that waits for long, is behind; anything dropped was lost. */
function trouble(node: ActorNode, fill: number): Row["trouble"] {
  if (node.dropped > 0 || node.state === "restarting" || fill >= 0.9) return "bad";
  return fill >= 0.5 || (node.oldestWaitingS ?? 0) > 5 || node.state === "suspended" ? "busy" : "none";
}
