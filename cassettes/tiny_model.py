"""Writes a language model of a few megabytes that llama.cpp's server runs: a real wire, and words that are noise.

    python cassettes/tiny_model.py tiny.gguf

Its vocabulary (byte-pair pieces) is learned from the project's drafts, so that its counts of tokens are near
those of real models on such text. Its one layer does nothing; the next piece depends on the last one alone, as often
as the drafts have the two in a row, by a random projection. A lean towards the quotation mark ends the strings of a
JSON answer. The same file every time.
"""

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

ROOT = Path(__file__).parent.parent
DRAFTS = (ROOT / "tests" / "corpus" / "dev.jsonl", ROOT / "training" / "drafts.jsonl")
VOCABULARY = 8000
WIDTH = 64
CONTEXT = 8192
LEAN = 5.0  # towards the pieces that begin with a quotation mark
ENDS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


def write(path: Path) -> None:
    """The model file at `path`."""
    lines = [line for file in DRAFTS for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["draft"] for line in lines]
    tokenizer = _tokenizer(texts)
    pieces = [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    embedding, output = _weights(tokenizer, texts, pieces)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(WIDTH)
    writer.add_head_count(4)
    writer.add_head_count_kv(4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(pieces)
    writer.add_token_merges([" ".join(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]])
    kinds = [gguf.TokenType.CONTROL if piece in ENDS else gguf.TokenType.NORMAL for piece in pieces]
    writer.add_token_types(kinds)
    writer.add_bos_token_id(pieces.index(ENDS[0]))
    writer.add_eos_token_id(pieces.index(ENDS[2]))
    writer.add_add_bos_token(False)
    one, none = np.ones(WIDTH, np.float32), np.zeros((WIDTH, WIDTH), np.float32)
    writer.add_tensor("token_embd.weight", embedding)
    for name in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"blk.0.{name}.weight", one)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        writer.add_tensor(f"blk.0.{name}.weight", none)
    writer.add_tensor("output_norm.weight", one)
    writer.add_tensor("output.weight", output)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _tokenizer(texts: list[str]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(ENDS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _weights(tokenizer: Tokenizer, texts: list[str], pieces: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Embedding and output, each pieces × WIDTH; their first column is the lean."""
    pairs = Counter(pair for e in tokenizer.encode_batch(texts) for pair in pairwise(e.ids))
    random = np.random.default_rng(1)
    embedding = random.choice([-1.0, 1.0], (len(pieces), WIDTH)).astype(np.float32)
    embedding[:, 0] = 1
    output = np.zeros_like(embedding)
    for (one, next_one), count in sorted(pairs.items()):
        output[next_one] += np.log1p(count) * embedding[one] / WIDTH
    output[:, 0] = [LEAN if piece.lstrip("Ġ").startswith('"') else 0 for piece in pieces]
    return embedding, output


if __name__ == "__main__":
    write(Path(sys.argv[1]))
