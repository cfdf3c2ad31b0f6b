// Loaded into a worker by NODE_OPTIONS: on SIGUSR2 it collects its garbage and writes down what is left, bytes.
const { writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

process.on('SIGUSR2', () => {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
	writeFileSync(process.env.MEMORY_FILE ?? '', String(process.memoryUsage().heapUsed));
});
