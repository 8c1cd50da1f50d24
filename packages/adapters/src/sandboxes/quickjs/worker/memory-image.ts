import { Buffer } from "node:buffer";

/** A copy of a memory, without the parts that are all zeros. */
export interface MemoryImage {
  /** Size of the memory. */
  byteLength: number;
  /** Indexes of the blocks that are kept, in order. */
  blocks: Uint32Array;
  /** What those blocks hold, one after another. Shared: threads need not copy it. */
  content: Uint8Array<SharedArrayBuffer>;
}

const blockBytes = 16 * 1024;
const zeros = Buffer.alloc(blockBytes);

/** The blocks of a memory that are not all zeros. */
export function usedBlocks({ buffer }: WebAssembly.Memory): number[] {
  const bytes = Buffer.from(buffer);
  const used: number[] = [];
  for (let block = 0, start = 0; start < bytes.length; block += 1, start += blockBytes) {
    if (bytes.compare(zeros, 0, blockBytes, start, start + blockBytes) !== 0) used.push(block);
  }
  return used;
}

/**
 * Copies a memory.
 *
 * @param atFirst - Blocks that are not zero in every memory of this kind, before an image is put there: they are kept
 *   even when they are zero now.
 * @param room - An image that is no longer needed: the new one takes its place, if it fits.
 */
export function takeImage(memory: WebAssembly.Memory, atFirst: readonly number[], room?: MemoryImage): MemoryImage {
  const { buffer } = memory;
  const blocks = Uint32Array.from(new Set([...usedBlocks(memory), ...atFirst])).sort();
  const byteLength = blocks.length * blockBytes;
  const old = room?.content.buffer;
  const space = old && old.byteLength >= byteLength ? old : new SharedArrayBuffer(byteLength + (byteLength >> 2));
  const content = new Uint8Array(space, 0, byteLength);
  blocks.forEach((block, index) => {
    content.set(new Uint8Array(buffer, block * blockBytes, blockBytes), index * blockBytes);
  });
  return { byteLength: buffer.byteLength, blocks, content };
}

/** Puts an image into a memory that is as large, and in which nothing but the first blocks was written. */
export function putImage({ buffer }: WebAssembly.Memory, { blocks, content }: MemoryImage): void {
  const target = new Uint8Array(buffer);
  blocks.forEach((block, index) => {
    target.set(content.subarray(index * blockBytes, (index + 1) * blockBytes), block * blockBytes);
  });
}
