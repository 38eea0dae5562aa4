// Lays a .gz and a .br beside each built file, so that the hub never compresses while a hall is joining.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const WORTH_COMPRESSING = /\.(js|css|json|svg|html|webmanifest)$/;

function compressFile(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
}

export function compressed(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "facilitate:compressed",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle() {
      const folder = join(config.root, config.build.outDir);
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && WORTH_COMPRESSING.test(entry.name)) {
          compressFile(join(entry.parentPath, entry.name));
        }
      }
    },
  };
}
