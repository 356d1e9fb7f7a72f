const MAX_FIRST = 8;

/**
 * Names of the members of JSON objects, in their order, as a tree: objects with the same names in the same order end at
 * the same node, so that what follows from the names is found out once.
 */
export class SchemaNode {
  /** Name of the last member; undefined at the root. */
  readonly name: string | undefined;
  readonly parent: SchemaNode | undefined;
  /** Number of members. */
  readonly depth: number;
  /** Bytes of the name, between the quotes. */
  readonly nameBytes: Uint8Array;
  /** The member that followed last time: nearly always that which follows this time. */
  likely: SchemaNode | undefined;
  /** The first few that were added; forms of a log differ in few places. */
  readonly firstChildren: SchemaNode[] = [];
  readonly #children = new Map<string, SchemaNode>();

  constructor(name: string | undefined, nameBytes: Uint8Array, parent: SchemaNode | undefined) {
    this.name = name;
    this.nameBytes = nameBytes;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  childNamed(name: string): SchemaNode | undefined {
    return this.#children.get(name);
  }

  addChild(name: string, nameBytes: Uint8Array): SchemaNode {
    const child = new SchemaNode(name, nameBytes, this);
    this.#children.set(name, child);
    if (this.firstChildren.length < MAX_FIRST) this.firstChildren.push(child);
    return child;
  }

  /** Names from the first on. */
  names(): readonly string[] {
    const names: string[] = [];
    for (let node: SchemaNode | undefined = this; node?.name !== undefined; node = node.parent)
      names.push(node.name);
    return names.reverse();
  }
}
