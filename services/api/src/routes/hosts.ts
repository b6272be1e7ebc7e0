import type { Store } from '@wirefold/store';
import { z } from 'zod';
import { HOST_CHARS_MAX, HOSTS_DEFAULT, HOSTS_MAX } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { hostDetailSchema, hostsSchema } from '../schemas/monitor.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber, parameterText } from './query.ts';

const listing = {
  id: 'listHosts',
  method: 'get',
  path: '/v1/hosts',
  topic: 'Service',
  summary: 'Lists hosts: first those where most articles wait, then those in trouble',
  scope: 'read',
  query: z.strictObject({
    limit: parameterNumber(1, HOSTS_MAX).default(HOSTS_DEFAULT).meta({ description: 'Hosts of one answer' }),
    name: parameterText(HOST_CHARS_MAX).optional().meta({ description: 'A part of the name; finds idle hosts, too' }),
  }),
  answers: { 200: { description: 'The hosts.', schema: hostsSchema } },
  problems: [],
} as const satisfies Operation;

const showing = {
  id: 'showHost',
  method: 'get',
  path: '/v1/hosts/:host',
  topic: 'Service',
  summary: 'Shows a host, and why articles of it stand as failed',
  scope: 'read',
  parameters: z.strictObject({
    host: z.string().meta({ description: 'Name of a host, with a port that is not usual' }),
  }),
  answers: { 200: { description: 'The host.', schema: hostDetailSchema } },
  problems: [],
} as const satisfies Operation;

/** How the hosts are that articles are fetched from. */
export function hostEndpoints(store: Pick<Store, 'host' | 'hosts'>): Endpoint[] {
  return [
    endpoint(listing, async ({ query: { limit, name }, response }) => {
      const hosts = await store.hosts({ limit, name: name?.toLowerCase() });
      response.set('Cache-Control', 'no-store').json({ hosts });
    }),
    endpoint(showing, async ({ parameters, response }) => {
      const host = await store.host(parameters.host.toLowerCase());
      if (host === null) return sendProblem(response, 'not-found', 'No article was ever to be fetched from this host.');
      response.set('Cache-Control', 'no-store').json(host);
    }),
  ];
}
