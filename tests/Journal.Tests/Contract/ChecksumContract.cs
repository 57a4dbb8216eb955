using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Serialization;

namespace DklActors.Journal.Tests.Contract;

/// <summary>The chain, recomputed from its description alone, as an auditor without this software would.</summary>
public abstract class ChecksumContract : JournalContract
{
    private protected ChecksumContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task A_checksum_is_the_sha256_of_the_previous_one_and_every_field_with_its_length()
    {
        await using IEventStore store = Journal.Open(stream: "run å");
        StoredEvent[] stored = [.. await store.AppendAsync("run å", 0, "a", "b")];
        byte[] previous = new byte[32];

        foreach (StoredEvent each in stored)
        {
            byte[] expected = SHA256.HashData(
            [
                .. previous,
                .. Integer(each.Ordering),
                .. Text(each.Stream),
                .. Integer(each.SequenceNumber),
                .. Integer(each.Created.UtcTicks),
                .. Integer(each.Epoch),
                .. Text(each.Manifest),
                .. Integer(each.SchemaVersion),
                .. Lengthened(EventJson.Write(each.Event)),
            ]);

            each.Checksum.ToBytes().Should().Equal(expected);
            previous = expected;
        }
    }

    private static byte[] Integer(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Text(string text) => Lengthened(Encoding.UTF8.GetBytes(text));

    private static byte[] Lengthened(byte[] bytes) => [.. Integer(bytes.Length), .. bytes];
}
