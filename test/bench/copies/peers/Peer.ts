/** What every peer is given: the files to index, and pastes in groups that hold each piece of code once. */
export interface PeerInput {
  readonly restricted: readonly { readonly id: string; readonly path: string; readonly text: string }[];
  readonly groups: readonly (readonly { readonly path: string; readonly text: string }[])[];
}

/** What a peer said. */
export interface PeerAnswer {
  readonly name: string;
  /** For each paste of each group, the ids of the restricted files it was said to be taken from; undefined: not asked. */
  readonly named: readonly (readonly (readonly string[] | undefined)[])[];
  /** How fast the restricted files were read, where the peer keeps an index. */
  readonly megabytesPerSecond?: number;
  /** How long one paste took, or one run where the peer has no other way. */
  readonly timing: string;
}

/** Megabytes of the restricted files. */
export function megabytesOf(input: PeerInput): number {
  return input.restricted.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0) / 1e6;
}
