/** TeX to MathML, with Temml. */
import temml from 'temml';

export interface TexError {
  readonly message: string;
}

/**
 * A formula as a <math> element, or why it cannot be one. The site's Content-Security-Policy allows no style
 * attributes; what Temml writes into them (the padding of a matrix) is left to the stylesheet.
 */
export function texToMathMl(tex: string, display: boolean): string | TexError {
  try {
    const html = temml.renderToString(tex, { displayMode: display, throwOnError: true, trust: false, annotate: false });
    return html.replace(/\sstyle="[^"]*"/g, '');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { message: message.replace(/^(ParseError: |Temml parse error: )/, '').split('\n')[0] ?? message };
  }
}
