/** What a Content-Security-Policy that a host sends lets a page do. */

/** Which sources the policies of a header or a page leave a kind of load: those of every one of them have to allow it. */
export type SentPolicy = ReadonlyMap<string, readonly string[]>;

/** The policies of one header: after a comma comes another one, and of a directive the first counts (CSP 3, section 2.2.1). */
export function policiesOf(header: string): SentPolicy[] {
  return header.split(',').flatMap((text): SentPolicy[] => {
    const policy = new Map<string, readonly string[]>();
    for (const directive of text.split(';')) {
      const [name, ...sources] = directive.trim().toLowerCase().split(/\s+/);
      if (name !== undefined && name !== '' && !policy.has(name)) policy.set(name, sources);
    }
    return policy.size === 0 ? [] : [policy];
  });
}

/** The sources that a directive leaves; undefined where the policy says nothing of it. */
function sourcesOf(policy: SentPolicy, ...names: readonly string[]): readonly string[] | undefined {
  return [...names, 'default-src'].map((name) => policy.get(name)).find((sources) => sources !== undefined);
}

/** Whether scripts may compile WebAssembly. */
export const compilesWasm = (policy: SentPolicy): boolean => {
  const sources = sourcesOf(policy, 'script-src');
  return sources?.some((source) => source === "'wasm-unsafe-eval'" || source === "'unsafe-eval'") ?? true;
};

/** Whether scripts of the site's own host may load; sources that name hosts are taken to name this one. */
export const loadsOwn = (policy: SentPolicy, ...names: readonly string[]): boolean =>
  sourcesOf(policy, ...names)?.some(
    (source) => source !== "'none'" && !/^'(?:nonce|sha\d+)-|^'\w+-eval'$/.test(source),
  ) ?? true;
