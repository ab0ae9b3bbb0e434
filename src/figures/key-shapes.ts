/** How the key of a picture draws an entry, in a square from -1 to 1; the page knows by it what the entry stands for. */
export const keyShapes = {
  dot: 'circle',
  line: 'M-1.6,-0.16L1.6,-0.16L1.6,0.16L-1.6,0.16Z',
  thin: 'M-1.6,-0.08L1.6,-0.08L1.6,0.08L-1.6,0.08Z',
  dashed:
    'M-1.6,-0.14L-0.8,-0.14L-0.8,0.14L-1.6,0.14ZM-0.4,-0.14L0.4,-0.14L0.4,0.14L-0.4,0.14ZM0.8,-0.14L1.6,-0.14L1.6,0.14L0.8,0.14Z',
  band: 'M-1.6,-0.7L1.6,-0.7L1.6,0.7L-1.6,0.7Z',
  ring: 'M0,-0.8A0.8,0.8,0,1,1,0,0.8A0.8,0.8,0,1,1,0,-0.8ZM0,-0.5A0.5,0.5,0,1,0,0,0.5A0.5,0.5,0,1,0,0,-0.5Z',
  cross:
    'M-0.8,-0.55L-0.55,-0.8L0,-0.25L0.55,-0.8L0.8,-0.55L0.25,0L0.8,0.55L0.55,0.8L0,0.25L-0.55,0.8L-0.8,0.55L-0.25,0Z',
  tick: 'M-0.16,-1L0.16,-1L0.16,1L-0.16,1Z',
} as const;

export type KeyShape = keyof typeof keyShapes;
