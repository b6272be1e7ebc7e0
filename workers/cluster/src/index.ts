export { type Clustering, placeArticles, rememberingJudge } from './cluster.ts';
export { startUpkeep, type Upkeep, type UpkeepOptions, type UpkeepWork, upkeepOnce } from './upkeep.ts';
export { type ClusterWorkerOptions, startCluster } from './worker.ts';
