/** The task of the demo. */
export const task =
  "The variable `csv` holds the daily weather of Seattle (columns date, precipitation in mm, and others). For each year, " +
  "find the month with the most precipitation. Answer with an object {months, html}: months is an array of " +
  "{year, month, millimetres} (year as text, month as yyyy-MM, millimetres rounded to one decimal), earliest year first; " +
  "html has a heading and a line for each year, made from Markdown, one year after another.";

/** What a language model would write; played back where none is configured. */
export const script = [
  `Thought: First I parse the table and look at it.
<code>
const rows = await parseCsv({ text: csv, columns: ["date", "precipitation"] });
console.log(rows.length, rows[0], rows.at(-1));
</code>`,
  `Thought: I add up the precipitation of each year by month, all years at the same time, and take the largest month of each.
<code>
const years = [...new Set(rows.map((row) => row.date.slice(0, 4)))].sort();
const sums = await Promise.all(
  years.map((year) =>
    sumByPeriod(
      rows.filter((row) => row.date.startsWith(year)).map((row) => ({ date: row.date, value: Number(row.precipitation) })),
      "month",
    ),
  ),
);
const months = sums.map((list, i) => {
  const best = list.reduce((a, b) => (b.sum > a.sum ? b : a));
  return { year: years[i], month: best.period, millimetres: Math.round(best.sum * 10) / 10 };
});
console.log(months);
</code>`,
  `Thought: Now the HTML, year by year, and the answer.
<code>
let html = "";
for (const { year, month, millimetres } of months) {
  html += await markdownToHtml(\`## \${year}\n\n**\${month}**: \${millimetres} mm\`);
}
finalAnswer({ months, html });
</code>`,
];
