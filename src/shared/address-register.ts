/** Every address that a site is written to, and who writes there: no two may write to one, on any file system. */

/** Who writes a file, in words for people. */
export type Writer = string;

export interface AddressRegister {
  /**
   * Takes an address for a writer, who may take it again; else who has it already, or something that cannot be beside it: a
   * file where this needs a folder.
   */
  readonly take: (address: string, writer: Writer) => Writer | undefined;
}

export function addressRegister(): AddressRegister {
  const files = new Map<string, { readonly address: string; readonly writer: Writer }>();
  /** Folders of addresses that are taken, with one who writes there. */
  const folders = new Map<string, Writer>();
  return {
    take: (address, writer) => {
      const folded = foldAddress(address);
      const there = files.get(folded);
      if (there !== undefined) return there.address === address && there.writer === writer ? undefined : there.writer;
      const inside = folders.get(folded);
      if (inside !== undefined) return inside;
      const above = foldersOf(folded);
      for (const folder of above) {
        const file = files.get(folder);
        if (file !== undefined) return file.writer;
      }
      files.set(folded, { address, writer });
      for (const folder of above) folders.set(folder, folders.get(folder) ?? writer);
      return undefined;
    },
  };
}

/** Two addresses that some file system takes for one have one of these: by case, and by the forms of Unicode. */
export function foldAddress(address: string): string {
  return address.normalize('NFKC').toLowerCase().normalize('NFC');
}

function foldersOf(address: string): string[] {
  const parts = address.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}
