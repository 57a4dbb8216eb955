using System.Security.Cryptography;
using DklActors.Journal.Contents;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class ContentDamageContract : JournalContract
{
    private readonly Content _frame = Samples.Spectrum(seed: 2);

    private protected ContentDamageContract(TestJournal journal)
        : base(journal)
    {
    }

    public override async Task InitializeAsync()
    {
        await using IEventStore store = Journal.Open();
        Content other = Samples.Spectrum(seed: 1);
        await store.AppendAsync(
            new AppendRequest(
                "run", 0, [Samples.Recorded(41, other), Samples.Recorded(42, _frame)], [other, _frame]),
            CancellationToken.None);
    }

    private protected string FramePath => new ContentFolder(Journal.Folder).PathOf("frame", _frame.Hash);

    public static TheoryData<string, Func<byte[], byte[]>> Damages => new()
    {
        { "emptied", _ => [] },
        { "cut in the middle", file => file[..(file.Length / 2)] },
        { "cut at the end", file => file[..^1] },
        { "longer by a byte", file => [.. file, 0] },
        { "zeroed", file => new byte[file.Length] },
        { "something else", _ => "text"u8.ToArray() },
        { "claiming another length", file => Resealed(file, 8, 1) },
        { "claiming a huge length", file => Resealed(file, 14, 0x7f) },
        { "claiming a negative length", file => Resealed(file, 15, 0xff) },
        { "claiming no packing", file => Resealed(file, 5, 0) },
        { "claiming an unknown packing", file => Resealed(file, 5, 9) },
        { "of a later version", file => Resealed(file, 4, 2) },
        { "one with other bytes that are sound", _ => ContentFile.Write(new byte[] { 1, 2, 3 }) },
    };

    [ContractTheory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_content_is_found_and_its_point_named(string damage, Func<byte[], byte[]> change)
    {
        File.WriteAllBytes(FramePath, change(File.ReadAllBytes(FramePath)));

        ChainReport report = Journal.OpenForReading().Verify();

        report.IsIntact.Should().BeFalse("the file was {0}", damage);
        report.FirstFault.Should().Contain(_frame.Hash.Hex).And.Contain("event 2 (frame-recorded, point p42)");
        await using IEventStore store = Journal.Open();
        store.Invoking(it => it.ReadContent(_frame.Hash)).Should().Throw<JournalDamagedException>();
    }

    [ContractFact]
    public void A_content_that_was_removed_is_found_and_its_point_named()
    {
        File.Delete(FramePath);

        Journal.OpenForReading().Verify().FirstFault.Should().Be(
            $"Content {_frame.Hash} is not in {Journal.Folder}. It belongs to event 2 (frame-recorded, point p42).");
    }

    [ContractFact]
    public async Task A_damaged_content_that_is_measured_again_is_mended()
    {
        File.WriteAllBytes(FramePath, File.ReadAllBytes(FramePath)[..^1]);
        await using IEventStore store = Journal.Open();

        await store.AppendAsync(
            new AppendRequest("run", 2, [Samples.Recorded(43, _frame)], [_frame]), CancellationToken.None);

        store.Verify().Should().Be(new ChainReport(3, 2, null));
    }

    private static byte[] Resealed(byte[] file, int at, byte value)
    {
        byte[] changed = [.. file];
        changed[at] = changed[at] == value ? (byte)(value + 1) : value;
        int end = file.Length - ContentHash.Length;
        SHA256.HashData(changed.AsSpan(0, end), changed.AsSpan(end));
        return changed;
    }
}
