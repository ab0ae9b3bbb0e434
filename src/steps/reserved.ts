/** Options that every directive takes, whatever its kind. */
export const ofAnyDirective: readonly string[] = ['sweep', 'device', 'echo', 'fold'];
