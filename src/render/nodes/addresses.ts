/** Where links and images lead: pages and files of the report, made relative to the page; harmless schemes; nothing else. */
import { suggestion } from '../../shared/suggest.js';
import { relativeAddress, resolveInReport, schemeOf, splitAddress } from '../address.js';
import type { Addressed, Addresses, Writer } from './writer.js';

const linkSchemes = new Set(['http', 'https', 'mailto', 'network']);
const imageSchemes = new Set(['http', 'https', 'network']);

export const reportAddresses: Addresses = {
  link: (node, writer) => {
    const { url } = node;
    const scheme = schemeOf(url);
    const { file, address, pages, links, origin } = writer.context;
    if (scheme !== undefined) {
      if (!linkSchemes.has(scheme)) return refused(node, scheme, writer);
      links.push({ place: origin.place(node), to: url, fragment: '' });
      return url;
    }
    const { path, fragment } = splitAddress(url);
    if (url.startsWith('#') || url === '') {
      links.push({ place: origin.place(node), to: address, fragment });
      return url;
    }
    const after = fragment === '' ? '' : `#${fragment}`;
    const target = pageMeant(resolveInReport(file, path), writer);
    if (target?.endsWith('.md') === true) {
      const page = pages.get(target);
      if (page !== undefined) {
        links.push({ place: origin.place(node), to: page, fragment });
        return relativeAddress(address, page) + after;
      }
      const why = writer.context.leftOut.get(target);
      const hint = why === undefined ? suggestion(target, [...pages.keys()]) : `leave the link out: ${why}`;
      broken(node, `there is no page ${target}`, hint, writer);
      return url;
    }
    const published = target === undefined ? undefined : publish(node, target, writer);
    if (target === undefined) {
      broken(node, `"${url}" leads out of the report`, 'link to a page or a file of the report', writer);
    }
    return published === undefined ? url : published + after;
  },
  image: (node, writer) => {
    const { url } = node;
    const scheme = schemeOf(url);
    if (scheme !== undefined) {
      if (!imageSchemes.has(scheme)) return refused(node, scheme, writer);
      writer.problem(node, {
        rule: 'outside-image',
        message: 'an image of another host becomes a link: pages ask no other host for anything',
        hint: 'copy the image into the report and name the file',
        severity: 'warning',
      });
      writer.context.links.push({ place: writer.context.origin.place(node), to: url, fragment: '' });
      return { elsewhere: url };
    }
    const target = resolveInReport(writer.context.file, splitAddress(url).path);
    if (target === undefined) {
      broken(node, `"${url}" leads out of the report`, 'name a file of the report', writer);
      return url;
    }
    return publish(node, target, writer) ?? url;
  },
};

/** A page by the name that its source has for Quarto and R Markdown, or that it gets there: "other.qmd", "other.html". */
function pageMeant(target: string | undefined, { context }: Writer): string | undefined {
  const source = target?.replace(/\.(?:qmd|rmd|html)$/i, '.md');
  if (target === undefined || source === undefined || source === target || !context.pages.has(source)) return target;
  return 'refused' in context.media(target) ? source : target;
}

/** Takes a file into the site; its address from the page. */
function publish(node: Addressed, target: string, writer: Writer): string | undefined {
  const { address, media } = writer.context;
  const published = media(target);
  if ('address' in published) {
    const { leftOut } = published;
    if (leftOut !== undefined) {
      writer.problem(node, {
        rule: 'cleaned-picture',
        message: `${target} is published without ${leftOut.slice(0, 3).join(', ')}${leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : ''}, which no picture of a page may have`,
        hint: 'look at it, and save it without them',
        severity: 'warning',
      });
    }
    return relativeAddress(address, published.address);
  }
  const { refused: why } = published;
  const hint = /\.[^.]+$/.test(splitAddress(node.url).fragment)
    ? 'what follows a # is a place in the file: write a # of its name as %23'
    : (published.hint ?? 'name a file of the report');
  broken(node, `${target} cannot be published: ${why}`, hint, writer);
  return undefined;
}

function broken(node: Addressed, message: string, hint: string, writer: Writer): void {
  writer.problem(node, { rule: 'broken-link', message, hint });
}

function refused(node: Addressed, scheme: string, writer: Writer): string | undefined {
  writer.problem(node, {
    rule: 'unsafe-link',
    message: `an address that starts with "${scheme}:" is not published`,
    hint: 'link to a page, or to an http address',
  });
  return undefined;
}
