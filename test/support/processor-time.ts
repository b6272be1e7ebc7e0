/**
 * Seconds of processor time of the quickest round, because whatever else runs on the machine only adds to it.
 * @param work is given the number of the round, from 0
 */
export function leastSeconds(rounds: number, work: (round: number) => void): number {
  const taken = Array.from({ length: rounds }, (_, round) => {
    const before = process.cpuUsage();
    work(round);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return Math.min(...taken);
}
