import { PGlite } from '@electric-sql/pglite';
let t0=process.cpuUsage(), w0=performance.now(); const at=(s:string)=>{const u=process.cpuUsage(t0);console.log(s,((u.user+u.system)/1e3).toFixed(0),'cpu',(performance.now()-w0).toFixed(0),'wall');t0=process.cpuUsage();w0=performance.now()};
at('import');
const p = await PGlite.create(); at('create 1');
const p2 = await PGlite.create(); at('create 2');
const dump = await p.dumpDataDir('none'); at('dump '+dump.size);
const p3 = await PGlite.create({loadDataDir: dump}); at('create from dump');
const dz = await p.dumpDataDir('gzip'); at('dump gzip '+dz.size);
