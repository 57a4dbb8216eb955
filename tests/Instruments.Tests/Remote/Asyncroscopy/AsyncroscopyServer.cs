using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using DklActors.Support.Lines;

namespace DklActors.Instruments.Tests.Remote.Asyncroscopy;

/// <summary>
/// A server that sends the bytes of asyncroscopy: frames with a length of four bytes, the largest first;
/// <c>[dtype,dim,…]</c> before the data; a second frame <c>None</c> after an answer, as its execution protocol sends.
/// </summary>
internal sealed class AsyncroscopyServer : IAsyncDisposable
{
    /// <summary>What the real microscope's server sends when it is told to blank: it has blanked by then.</summary>
    public const string BlankTraceback = """
        Traceback (most recent call last):
          File "execution_protocol.py", line 92, in stringReceived
            result = method(args_dict)
          File "AS_server.py", line 186, in blank_beam
            msg = f"Beam unblanked for {dwell_time}s"
        NameError: name 'dwell_time' is not defined

        """;

    private readonly LoopbackServer _server;

    public AsyncroscopyServer() => _server = new LoopbackServer(ServeAsync);

    public int Port => _server.Port;

    /// <summary>Answers in place of the usual ones, by command.</summary>
    public ConcurrentDictionary<string, Func<byte[]>> On { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public bool IsBlanked { get; set; } = true;

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes($"[str,{Encoding.UTF8.GetByteCount(text)}]{text}");

    public static byte[] Raw(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Array<T>(string dtype, T[] values, params int[] shape)
        where T : unmanaged =>
        [.. Encoding.ASCII.GetBytes($"[{dtype},{string.Join(',', shape)}]"), .. MemoryMarshal.AsBytes<T>(values)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(TcpClient client)
    {
        NetworkStream stream = client.GetStream();
        byte[] length = new byte[4];
        await stream.ReadExactlyAsync(length, _server.Ended);
        byte[] text = new byte[BinaryPrimitives.ReadUInt32BigEndian(length)];
        await stream.ReadExactlyAsync(text, _server.Ended);
        string command = Encoding.UTF8.GetString(text);
        Log.Enqueue(command);
        string name = command.Split(' ')[0];
        byte[] answer = On.TryGetValue(name, out Func<byte[]>? scripted) ? scripted() : Usual(command);
        await SendAsync(stream, answer);
        if (!answer.AsSpan().SequenceEqual("None"u8))
        {
            await SendAsync(stream, "None"u8.ToArray());
        }
    }

    private byte[] Usual(string command)
    {
        switch (command.Split(' ')[0])
        {
            case "AS_get_status":
                return Text("Microscope is Ready");
            case "Gatan_get_status":
                return Text("Gatan server is Ready");
            case "AS_blank_beam":
                IsBlanked = true;
                return Text("Beam blanked");
            case "AS_unblank_beam":
                IsBlanked = false;
                return Text("Beam unblanked");
            case "AS_place_beam":
                return Text("Beam positioned");
            case "AS_get_scanned_image":
                return Array("uint8", new byte[32 * 32], 32, 32);
            case "Gatan_get_spectrum":
                return Array("float32", Enumerable.Range(0, 64).Select(static i => (float)i).ToArray(), 64);
            default:
                return Text($"Unknown command prefix in '{command}'");
        }
    }

    private async Task SendAsync(NetworkStream stream, byte[] frame)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, frame.Length);
        await stream.WriteAsync(length, _server.Ended);
        await stream.WriteAsync(frame, _server.Ended);
    }
}
