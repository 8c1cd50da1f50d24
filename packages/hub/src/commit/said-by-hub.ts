/** What the hub itself said in an error of the official client, which adds the address and the number of the request. */
export function saidByHub({ message }: Error): string {
  return message.replace(/^(.*)\. URL: .*$/s, "$1");
}
