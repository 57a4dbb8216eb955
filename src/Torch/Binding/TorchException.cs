using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

/// <summary>libtorch refused an operation; the message is its own.</summary>
public sealed class TorchException : ExternalException
{
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Of the last failure on this thread.</summary>
    internal static TorchException Last()
    {
        string message = Marshal.PtrToStringUTF8(NativeMethods.dkl_last_error()) ?? "";
        return new TorchException(message.Length > 0 ? message : "libtorch failed without a message.");
    }

    /// <exception cref="TorchException">The code is not 0.</exception>
    internal static void Check(int code)
    {
        if (code != 0)
        {
            throw Last();
        }
    }
}
