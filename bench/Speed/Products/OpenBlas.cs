using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DklActors.Speed.Products;

/// <summary>The peer of the matrix product: Debian's package libopenblas0-pthread, if it is installed.</summary>
internal sealed class OpenBlas
{
    public const string Library = "libopenblas.so.0";

    private const string CoreVariable = "OPENBLAS_CORETYPE";
    private const int RowMajor = 101;
    private const int NotTransposed = 111;

    private readonly SingleProduct _multiply;
    private readonly SetThreads _setThreads;

    private OpenBlas(nint library)
    {
        _multiply = Function<SingleProduct>(library, "cblas_sgemm");
        _setThreads = Function<SetThreads>(library, "openblas_set_num_threads");
        Core = Marshal.PtrToStringAnsi(Function<CoreName>(library, "openblas_get_corename")()) ?? "unknown";
    }

    private delegate nint CoreName();

    private delegate int SetVariable(string name, string value, int overwrite);

    private delegate void SetThreads(int threads);

    private delegate void SingleProduct(
        int order, int leftTransposed, int rightTransposed, int m, int n, int k, float alpha, float[] left,
        int leftStride, float[] right, int rightStride, float beta, float[] result, int resultStride);

    /// <summary>The processor that it took this one for; its kernels differ by a factor of five.</summary>
    public string Core { get; }

    /// <remarks>
    /// OpenBLAS 0.3.21 takes newer processors for a Prescott. It is told the right kernels, unless the user did.
    /// </remarks>
    /// <returns>Null where the library is not installed.</returns>
    public static OpenBlas? TryLoad()
    {
        if (Vector256.IsHardwareAccelerated && NativeLibrary.TryLoad("libc.so.6", out nint system))
        {
            string core = Vector512.IsHardwareAccelerated ? "SkylakeX" : "Haswell";
            Function<SetVariable>(system, "setenv")(CoreVariable, core, 0);
        }

        return NativeLibrary.TryLoad(Library, out nint library) ? new OpenBlas(library) : null;
    }

    public void Threads(int threads) => _setThreads(threads);

    /// <summary>result = left (m × k) · right (k × n), all row-major.</summary>
    public void Multiply(float[] left, float[] right, float[] result, int m, int k, int n) => _multiply(
        RowMajor, NotTransposed, NotTransposed, m, n, k, 1.0f, left, k, right, n, 0.0f, result, n);

    private static T Function<T>(nint library, string name)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
