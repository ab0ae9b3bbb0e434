/** What a mark of a figure that moves may stand for: fields of its row, and names in the address of a page that holds it marked. */
export const identityFields = ['run', 'unit', 'component'] as const;
