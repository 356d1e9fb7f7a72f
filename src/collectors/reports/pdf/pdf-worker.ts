import { parentPort, workerData } from 'node:worker_threads';
import type { ReportInput } from '../report-reader.js';
import { readPdf } from './read-pdf.js';

// The program of a thread that reads one PDF and ends: a file can make the reading of a page take hours or gigabytes, and
// nothing but the end of its thread stops that.
const input: Omit<ReportInput, 'signal'> = workerData;
parentPort?.postMessage(await readPdf({ ...input, signal: undefined }));
