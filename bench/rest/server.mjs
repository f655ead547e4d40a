// One server in a process of its own, which tells the processor time it has taken.
import { openByHand } from './by-hand.mjs';
import { openRowhouse } from './rowhouse.mjs';

const place = JSON.parse(process.env.BENCH_REST);
const url = place.adapter === 'by hand' ? await openByHand(place) : await openRowhouse(place);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuUs: user + system });
});
process.on('disconnect', () => process.exit());
process.send({ url });
