export { type Clustering, placeArticles, rememberingJudge } from './cluster.ts';
export { type ClusterWorkerOptions, startCluster } from './worker.ts';
