/** The files of a report of about n characters, by what makes it slow to read. */
export const patterns: Readonly<Record<string, (n: number) => Readonly<Record<string, string>>>>;
