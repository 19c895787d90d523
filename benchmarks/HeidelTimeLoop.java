import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;

/**
 * Annotates the files N.txt of a folder, N from 0, each written on the day in N.dct, in one JVM; writes N.tml beside them.
 * Prints for each its number and the seconds that annotating took: neither the start of the JVM nor loading the rules.
 *
 * Words: the configuration (config.props), the folder. Run by heideltime.py.
 */
public class HeidelTimeLoop {
    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[1]);
        SimpleDateFormat day = new SimpleDateFormat("yyyy-MM-dd");
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(
            Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, words[0], POSTagger.TREETAGGER, false);
        for (int number = 0; Files.exists(folder.resolve(number + ".txt")); number++) {
            String text = Files.readString(folder.resolve(number + ".txt"));
            String dct = Files.readString(folder.resolve(number + ".dct"));
            long started = System.nanoTime();
            String annotated = tagger.process(text, day.parse(dct));
            System.out.println(number + " " + (System.nanoTime() - started) / 1e9);
            Files.writeString(folder.resolve(number + ".tml"), annotated, StandardCharsets.UTF_8);
        }
    }
}
