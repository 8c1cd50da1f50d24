/** Google's parameter `tbs` for pages of one year; `undefined` for pages of any. */
export function googleYear(year: number | undefined): string | undefined {
  return year === undefined ? undefined : `cdr:1,cd_min:01/01/${year},cd_max:12/31/${year}`;
}
