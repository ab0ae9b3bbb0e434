/** Which of `count` tabs a key chooses from the one at `at`; undefined for a key that chooses none. */
export function chosenBy(key: string, at: number, count: number, isRightToLeft: boolean): number | undefined {
  const forward = isRightToLeft ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return (at + forward + count) % count;
    case 'ArrowLeft':
      return (at - forward + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
