using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DklActors.Host.Trainers.Broker;

/// <summary>
/// How long to wait before the next try: longer each time up to a limit, with a jitter that is each one's own, so that
/// a hundred nodes do not return to a restarted broker in one instant.
/// </summary>
/// <param name="name">Of whose pauses they are; the seed of the jitter.</param>
internal sealed class ReconnectPauses(string name)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Random _jitter = new(
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        TimeSpan pause = _next * (0.5 + (0.5 * _jitter.NextDouble()));
        _next = 2 * _next < Longest ? 2 * _next : Longest;
        return pause;
    }

    /// <summary>It was connected.</summary>
    public void Reset() => _next = First;
}
