/** Vega's expressions as its parser gives them. */

export type Expression =
  | Literal
  | { readonly type: 'Identifier'; readonly name: string }
  | {
      readonly type: 'MemberExpression';
      readonly object: Expression;
      readonly property: Expression;
      /** Whether it is `object[property]`; otherwise `object.property`. */
      readonly computed: boolean;
    }
  | {
      readonly type: 'CallExpression';
      readonly callee: Expression;
      readonly arguments: readonly Expression[];
    }
  | { readonly type: 'ArrayExpression'; readonly elements: readonly Expression[] }
  | { readonly type: 'ObjectExpression'; readonly properties: readonly Property[] }
  | { readonly type: 'UnaryExpression'; readonly operator: string; readonly argument: Expression }
  | {
      readonly type: 'BinaryExpression';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: 'LogicalExpression';
      readonly operator: '&&' | '||';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: 'ConditionalExpression';
      readonly test: Expression;
      readonly consequent: Expression;
      readonly alternate: Expression;
    };

export interface Literal {
  readonly type: 'Literal';
  readonly value: unknown;
  /** Of a regular expression. */
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

export interface Property {
  readonly key: Expression;
  readonly value: Expression;
}
