using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Contract;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Sqlite;

public sealed class SqliteContentDamageTests() : ContentDamageContract(new JournalFile())
{
    // The files are the same whatever the back end, and so many openings take their time with a server.
    [Fact]
    public void Every_single_flipped_bit_of_a_content_is_found()
    {
        byte[] data = File.ReadAllBytes(FramePath);
        IJournalReader reader = Journal.OpenForReading();
        for (int bit = 0; bit < 8 * data.Length; bit += 7)
        {
            byte[] flipped = [.. data];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(FramePath, flipped);

            reader.Verify().FirstFault.Should()
                .Contain("point p42", "bit {0} is wrong", bit).And.Contain(FramePath);
        }
    }
}
