/** Where the reading of one line stands; tabs count up to the next column that four divides. */
export class LineCursor {
  line = '';
  /** Of the line in the page's text. */
  start = 0;
  /** From 1. */
  number = 0;
  offset = 0;
  column = 0;
  partialTab = false;
  nextNonspace = 0;
  nextNonspaceColumn = 0;
  indent = 0;
  blank = false;

  begin(line: string, start: number, number: number): void {
    this.line = line;
    this.start = start;
    this.number = number;
    this.offset = 0;
    this.column = 0;
    this.partialTab = false;
    this.find();
  }

  get indented(): boolean {
    return this.indent >= 4;
  }

  /** The rest of the line from its next character that is no blank. */
  rest(): string {
    return this.line.slice(this.nextNonspace);
  }

  peek(): string {
    return this.line[this.nextNonspace] ?? '';
  }

  /** Finds the next character that is no blank. */
  find(): void {
    let index = this.offset;
    let column = this.column;
    for (; ; index += 1) {
      const code = this.line.charCodeAt(index);
      if (code === 0x20) column += 1;
      else if (code === 0x09) column += 4 - (column % 4);
      else break;
    }
    this.blank = index >= this.line.length;
    this.nextNonspace = index;
    this.nextNonspaceColumn = column;
    this.indent = column - this.column;
  }

  /** Goes on by characters, or by columns of which a tab may be used in part. */
  advance(count: number, byColumns = false): void {
    let left = count;
    while (left > 0 && this.offset < this.line.length) {
      if (this.line.charCodeAt(this.offset) === 0x09) {
        const toStop = 4 - (this.column % 4);
        if (byColumns) {
          this.partialTab = toStop > left;
          const used = Math.min(left, toStop);
          this.column += used;
          if (!this.partialTab) this.offset += 1;
          left -= used;
        } else {
          this.partialTab = false;
          this.column += toStop;
          this.offset += 1;
          left -= 1;
        }
      } else {
        this.partialTab = false;
        this.offset += 1;
        this.column += 1;
        left -= 1;
      }
    }
    this.find();
  }

  advanceToNonspace(): void {
    this.offset = this.nextNonspace;
    this.column = this.nextNonspaceColumn;
    this.partialTab = false;
    this.find();
  }

  isBlankAt(index: number): boolean {
    const code = this.line.charCodeAt(index);
    return code === 0x20 || code === 0x09;
  }
}
