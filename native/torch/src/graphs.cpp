// What a device is told once and does again and again: a CUDA graph.
#include "guard.h"

#ifdef DKL_TORCH_GRAPHS
#include <ATen/cuda/CUDAGraph.h>

using Graph = at::cuda::CUDAGraph;

namespace {

// Other threads go on allocating meanwhile; a libtorch before 2.1 cannot be told that this is none of the graph's
// business, and may then fail to record.
template <class G>
auto begin(G& graph, int) -> decltype(graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal)) {
  return graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
}

template <class G>
void begin(G& graph, long) {
  graph.capture_begin();
}

}  // namespace
#else
struct Graph {};
#endif

DKL_EXPORT std::int32_t dkl_has_graphs() {
#ifdef DKL_TORCH_GRAPHS
  return at::hasCUDA() ? 1 : 0;
#else
  return 0;
#endif
}

// Begins to record what this thread's stream is told, which must not be the default one. Null if that fails.
DKL_EXPORT Graph* dkl_graph_begin() {
  Graph* graph = nullptr;
  dkl::done([&] {
#ifdef DKL_TORCH_GRAPHS
    graph = new Graph();
    try {
      begin(*graph, 0);
    } catch (...) {
      delete graph;
      graph = nullptr;
      throw;
    }
#else
    TORCH_CHECK(false, "this build of libdkl_torch has no CUDA graphs");
#endif
  });
  return graph;
}

DKL_EXPORT std::int32_t dkl_graph_end([[maybe_unused]] Graph* graph) {
  return dkl::done([&] {
#ifdef DKL_TORCH_GRAPHS
    graph->capture_end();
#endif
  });
}

DKL_EXPORT std::int32_t dkl_graph_replay([[maybe_unused]] Graph* graph) {
  return dkl::done([&] {
#ifdef DKL_TORCH_GRAPHS
    graph->replay();
#endif
  });
}

DKL_EXPORT void dkl_graph_free(Graph* graph) {
  dkl::done([&] { delete graph; });
}
