/** The nodes of a page's syntax tree that Markdown itself does not have; the others are mdast's. */
import type { BlockContent, DefinitionContent, Node, Parent, PhrasingContent } from 'mdast';
import type { DefListDescriptionNode, DefListNode, DefListTermNode } from 'mdast-util-definition-list';

/** `{#fig-one .wide width=50%}` after a heading, an image, a table's caption or the opening of a container. */
export interface Attributes {
  readonly id?: string;
  readonly classes: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** `::: {#thm-one}` … `:::`. */
export interface Container extends Parent {
  type: 'container';
  attributes: Attributes;
  /** Whether its closing fence is there. */
  closed: boolean;
  /** Of one that is a figure or a table: its last paragraph, which is none of its children. */
  caption?: PhrasingContent[];
  children: (BlockContent | DefinitionContent)[];
}

/** An image that stands alone: its only child, or a link with the image in it. With a label it is numbered. */
export interface Figure extends Parent {
  type: 'figure';
  children: PhrasingContent[];
}

/** `> [!NOTE] Title`. The marker is no part of the children. */
export interface Callout extends Parent {
  type: 'callout';
  kind: 'note' | 'tip' | 'important' | 'warning' | 'caution';
  /** What stands on the marker's line after it. */
  title: PhrasingContent[];
  children: (BlockContent | DefinitionContent)[];
}

/** A line of colons, until the plugin `nest-containers` has found what it opens or closes. */
export interface ContainerFence extends Node {
  type: 'containerFence';
  written: string;
  /** Absent where it closes. */
  attributes?: Attributes;
}

/** Attributes after an image or a link, until the plugin `attributes` has found what they belong to. */
export interface WrittenAttributes extends Node {
  type: 'attributes';
  value: string;
}

/** `[words]{.smallcaps}`. */
export interface Span extends Parent {
  type: 'span';
  attributes: Attributes;
  children: PhrasingContent[];
}

/** `x^2^`. */
export interface Raised extends Parent {
  type: 'raised';
  children: PhrasingContent[];
}

/** `H~2~O`. */
export interface Lowered extends Parent {
  type: 'lowered';
  children: PhrasingContent[];
}

/** `^[An aside.]`, until the plugin `inline-notes` has made a footnote of it. */
export interface InlineNote extends Parent {
  type: 'inlineNote';
  children: PhrasingContent[];
}

/** A numbered thing of the report where it is referred to. */
export interface Referenced {
  /** Its label. */
  readonly id: string;
  /** What stands before and after it in its brackets: `[see @fig-one, left]`. */
  readonly prefix: string;
  readonly suffix: string;
  /** `-@fig-one`: the number alone. */
  readonly numberOnly: boolean;
  readonly position: Node['position'];
}

/** `@fig-one`, or `[@fig-one; @fig-two]`. */
export interface CrossReference extends Node {
  type: 'reference';
  things: readonly Referenced[];
  written: string;
}

/** One work in a citation: `see @key, p. 3`. */
export interface Cited {
  readonly key: string;
  readonly prefix: string;
  readonly suffix: string;
  /** `-@key`: the year alone. */
  readonly yearOnly: boolean;
  readonly position: Node['position'];
}

/** `[see @one, p. 3; @two]`, or `@one` in the sentence. */
export interface Citation extends Node {
  type: 'citation';
  inSentence: boolean;
  works: readonly Cited[];
  /** As written, for a report without a bibliography. */
  written: string;
}

declare module 'mdast' {
  interface BlockContentMap {
    container: Container;
    figure: Figure;
    callout: Callout;
    containerFence: ContainerFence;
    defList: DefListNode;
    math: DisplayMath;
  }
  interface RootContentMap {
    container: Container;
    figure: Figure;
    callout: Callout;
    containerFence: ContainerFence;
    defList: DefListNode;
    defListTerm: DefListTermNode;
    defListDescription: DefListDescriptionNode;
    reference: CrossReference;
    citation: Citation;
    attributes: WrittenAttributes;
    math: DisplayMath;
    inlineMath: InlineMath;
    span: Span;
    raised: Raised;
    lowered: Lowered;
    inlineNote: InlineNote;
  }
  interface PhrasingContentMap {
    attributes: WrittenAttributes;
    reference: CrossReference;
    citation: Citation;
    inlineMath: InlineMath;
    span: Span;
    raised: Raised;
    lowered: Lowered;
    inlineNote: InlineNote;
  }
  interface HeadingData {
    attributes?: Attributes;
  }
  interface LinkData {
    /** What neighbours may say of a link, which we do not read. */
    attributes?: Attributes;
  }
  interface CodeData {
    attributes?: Attributes;
  }
  interface ImageData {
    attributes?: Attributes;
    /** What stands in its brackets: its caption when it is a figure, else its alternative text. */
    caption?: PhrasingContent[];
  }
  interface TableData {
    /** The line `: caption {#tbl-id}` above or below it. */
    caption?: PhrasingContent[];
    attributes?: Attributes;
  }
}

/** TeX between dollar signs in a line; `display` for two of them. */
export interface InlineMath extends Node {
  type: 'inlineMath';
  value: string;
  display: boolean;
}

/** `$$` … `$$ {#eq-one}`. */
export interface DisplayMath extends Node {
  type: 'math';
  value: string;
  attributes?: Attributes;
  closed: boolean;
  /** Where the TeX starts in the text. */
  from: number;
}
