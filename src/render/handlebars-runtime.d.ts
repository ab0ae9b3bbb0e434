/** What fills templates in without being able to compile any: a part of what Handlebars exports, whose own types forget it. */
declare module 'handlebars/runtime.js' {
  import Handlebars from 'handlebars';

  export default Handlebars;
}
