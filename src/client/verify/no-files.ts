/** In place of what reads files in what pages compute: of those they have what a build has read. */

function none(): never {
  throw new Error('a page reads no files');
}

export { none as readCsv, none as readFiles };
