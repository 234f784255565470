// @ts-check
/** Money and shares as the reader expects to see them. */

/** @typedef {import("./api.js").Schemas["Money-Output"]} Money */

const language = document.documentElement.lang || "en";
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** Return a sum to the smallest coin: €1,234.50. @param {Money} money */
export function exact(money) {
  return written(numberFormat(money.currency, {}), money.amount);
}

/** Return a sum in whole units: €1,235. @param {Money} money */
export function whole(money) {
  return written(numberFormat(money.currency, { maximumFractionDigits: 0 }), money.amount);
}

/** Return a sum in whole units without its currency, where a caption says it: 1,235. @param {Money} money */
export function plain(money) {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  return written(format, money.amount);
}

/** Return a sum as short as an axis needs it: €1.2M. @param {Money} money */
export function short(money) {
  const format = numberFormat(money.currency, {
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  });
  return written(format, money.amount);
}

/** Return what part of the whole it is: 63%, or null of nothing. @param {Money} part @param {Money} all */
export function share(part, all) {
  const base = value(all);
  if (base === 0) return null;
  const format = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return written(format, value(part) / base);
}

/** Return it as a number, for lengths and comparisons alone. @param {Money} money */
export function value(money) {
  return Number(money.amount);
}

/** Return the same sum with the other sign. @param {Money} money @returns {Money} */
export function negated(money) {
  const { amount } = money;
  return { ...money, amount: amount.startsWith("-") ? amount.slice(1) : `-${amount}` };
}

/**
 * @param {string} currency
 * @param {Intl.NumberFormatOptions} options
 */
function numberFormat(currency, options) {
  const key = `${currency} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...options,
  });
  formats.set(key, format);
  return format;
}

/**
 * @param {Intl.NumberFormat} format
 * @param {string | number} amount
 */
function written(format, amount) {
  return format
    .formatToParts(/** @type {Intl.StringNumericLiteral} */ (amount)) // every digit of a string
    .map((part) => (part.type === "minusSign" ? "\u2212" : part.value))
    .join("");
}
