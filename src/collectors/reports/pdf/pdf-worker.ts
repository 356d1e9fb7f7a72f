import { parentPort, workerData } from 'node:worker_threads';
import type { ReportInput } from '../report-reader.js';
import { readPdf } from './read-pdf.js';

// The program of a thread that reads one PDF and ends: a file can make the reading of a page take hours or gigabytes, and
// nothing but the end of its thread stops that.

// pdf.js lets go of promises that a damaged file breaks; what was asked for tells of it by itself.
process.on('unhandledRejection', () => undefined);

const input: Omit<ReportInput, 'signal'> = workerData;
parentPort?.postMessage(await readPdf({ ...input, signal: undefined }));
